//! The simulator as its clients see it.

mod behaviours;
mod cases;
mod client;
mod command_line;
mod network;
mod oauth;
mod rest;
mod soap;
