//! The tables: members, versions, hosts.
