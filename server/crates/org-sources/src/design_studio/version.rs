//! The version of Design Studio that saved a project.

use super::properties;

/// From `environment.properties`: `saved-in-version=11.63.0.12` is `11.63.0.12`. `None` when there is
/// none or it is no version number.
pub fn saved_in_version(environment_properties: &[u8]) -> Option<String> {
    let written = properties::find(environment_properties, "saved-in-version")?;
    let version = written.trim();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_version =
        version.len() <= 40 && version.contains('.') && version.split('.').all(is_number);
    is_version.then(|| version.to_owned())
}

/// From `jitterpak.properties`: `created_with_version=110630000000012` is `11.63`: the first number, then
/// three digits for the second, then ten for the rest.
pub fn created_with_version(jitterpak_properties: &[u8]) -> Option<String> {
    const BEHIND_MAJOR: usize = 13;
    let written = properties::find(jitterpak_properties, "created_with_version")?;
    let digits = written.trim();
    if digits.len() <= BEHIND_MAJOR
        || digits.len() > 20
        || !digits.bytes().all(|it| it.is_ascii_digit())
    {
        return None;
    }
    let (major, rest) = digits.split_at(digits.len() - BEHIND_MAJOR);
    let minor: u32 = rest.get(..3)?.parse().ok()?;
    Some(format!("{major}.{minor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_tell_the_version() {
        let saved = |text: &str| saved_in_version(text.as_bytes());
        assert_eq!(saved("saved-in-version=11.41.0.33\n").as_deref(), Some("11.41.0.33"));
        assert_eq!(saved("saved-in-version=\n"), None);
        assert_eq!(saved("saved-in-version=11\n"), None);
        assert_eq!(saved("saved-in-version=eleven.two\n"), None);
        let created = |text: &str| created_with_version(text.as_bytes());
        assert_eq!(created("created_with_version=110410000000033").as_deref(), Some("11.41"));
        assert_eq!(created("created_with_version=90080000000001").as_deref(), Some("9.8"));
        assert_eq!(created("created_with_version=63"), None);
        assert_eq!(created("created_with_version=x10630000000012"), None);
    }
}
