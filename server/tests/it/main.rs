//! LSP over stdio and the command line, against the binary that was just built.

mod all_logins;
mod answers;
mod bad_input;
mod bindings;
mod code_actions;
mod command_import;
mod command_login;
#[cfg(target_os = "linux")]
mod command_secret;
mod completion;
mod completion_quotes;
mod configuration;
mod conformance;
mod convert;
mod convert_app;
mod design_studio;
mod design_studio_editor;
mod diagnostics;
mod documents;
mod ending;
mod enter_values;
mod file_events;
mod folders;
mod foreign_text;
#[cfg(unix)]
mod handover;
mod hostile_editor;
mod hostile_files;
mod hostile_surroundings;
mod import_request;
mod initialize;
#[cfg(target_os = "linux")]
mod keyring;
mod late_replies;
mod lockout;
mod login;
mod login_audit;
mod login_audit_editor;
mod move_secret;
mod new_org;
mod next_steps;
mod org_list;
mod panic;
mod params;
mod projects;
mod pull;
mod reports;
mod results;
mod robustness;
mod scale;
mod scan;
#[cfg(target_os = "linux")]
mod scan_speed;
mod secrecy;
mod secrecy_of_answers;
mod slow_logins;
#[cfg(target_os = "linux")]
mod soak;
mod spellings;
mod starting;
mod terminal;
mod trust;
mod upgrade_prompt;
mod why;

/// Not one that was built some other time.
#[test]
fn the_program_is_the_one_that_cargo_built_for_these_tests() {
    if std::env::var_os("SFORG_BINARY").is_none() {
        assert_eq!(test_support::binary(), std::path::Path::new(env!("CARGO_BIN_EXE_sforg")));
    }
}
