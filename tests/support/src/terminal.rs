//! A terminal with a person at it.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Stdio;
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::waiting::deadline;

/// The person's end of a terminal.
pub struct Terminal {
    keyboard: File,
    program: File,
    screen: JoinHandle<String>,
    shown: Receiver<String>,
}

impl Terminal {
    /// A new terminal.
    ///
    /// # Panics
    /// The system has none.
    pub fn open() -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&terminal).expect("its rights");
        unlockpt(&terminal).expect("its lock");
        let name = ptsname(&terminal, Vec::new()).expect("its name");
        let program = File::options()
            .read(true)
            .write(true)
            .open(name.to_str().expect("a path"))
            .expect("its other end");
        let keyboard = File::from(terminal);
        let mut screen = keyboard.try_clone().expect("a copy");
        let (tell, shown) = mpsc::channel();
        let screen = std::thread::spawn(move || {
            let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
            // It ends with an error when nobody has the other end any more.
            while let Ok(read @ 1..) = screen.read(&mut chunk) {
                seen.extend_from_slice(&chunk[..read]);
                // Nobody may be waiting for it.
                let _ = tell.send(String::from_utf8_lossy(&seen).into_owned());
            }
            String::from_utf8_lossy(&seen).into_owned()
        });
        Self { keyboard, program, screen, shown }
    }

    /// The program's end of it.
    ///
    /// # Panics
    /// It cannot be had once more.
    pub fn stream(&self) -> Stdio {
        Stdio::from(self.program.try_clone().expect("a copy"))
    }

    /// Types without looking.
    ///
    /// # Panics
    /// Nobody reads what is typed.
    pub fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("a keyboard");
    }

    /// Waits until the screen shows `text`, and types `keys`.
    ///
    /// # Panics
    /// It is not shown.
    pub fn answer(&mut self, text: &str, keys: &str) {
        loop {
            let seen = self.shown.recv_timeout(deadline());
            if seen.unwrap_or_else(|_| panic!("{text:?} is not asked")).contains(text) {
                break;
            }
        }
        self.types(keys);
    }

    /// All that the screen has shown, once no program is left.
    ///
    /// # Panics
    /// The thread that reads it panicked.
    pub fn screen(self) -> String {
        drop(self.program);
        self.screen.join().expect("what the terminal showed")
    }
}
