//! Which reader a file is for, by its name.

/// What a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// MuleSoft, Data Loader's `process-conf.xml`, Hop and Kettle.
    Xml,
    /// Kafka Connect, Azure Data Factory, what the Salesforce CLI prints.
    Json,
    /// `sfdx-project.json`
    SfdxProject,
    /// Data Loader, Kafka Connect.
    Properties,
    /// `.env`, `.env.production`, `acme.env`, `.envrc`
    Env,
    /// Source code.
    Code(Language),
}

/// A language of source code, as far as it decides where comments and strings begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Python
    Python,
    /// JavaScript and TypeScript
    JavaScript,
    /// Java
    Java,
    /// C#
    CSharp,
    /// Go
    Go,
    /// Ruby
    Ruby,
    /// PHP
    Php,
    /// Shells
    Shell,
    /// Text for people, in which there are examples: Markdown and the like.
    Prose,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Python,
        Self::JavaScript,
        Self::Java,
        Self::CSharp,
        Self::Go,
        Self::Ruby,
        Self::Php,
        Self::Shell,
        Self::Prose,
    ];
}

/// The ends of names by format.
static ENDS: &[(&[&str], Format)] = &[
    (&["xml", "hpl", "ktr"], Format::Xml),
    (&["json"], Format::Json),
    (&["properties"], Format::Properties),
    (&["env"], Format::Env),
    (&["py", "pyw"], Format::Code(Language::Python)),
    (&["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"], Format::Code(Language::JavaScript)),
    (&["java"], Format::Code(Language::Java)),
    (&["cs"], Format::Code(Language::CSharp)),
    (&["go"], Format::Code(Language::Go)),
    (&["rb", "rake"], Format::Code(Language::Ruby)),
    (&["php"], Format::Code(Language::Php)),
    (&["sh", "bash", "zsh", "ksh"], Format::Code(Language::Shell)),
    (&["md", "markdown", "rst", "adoc"], Format::Code(Language::Prose)),
];

impl Format {
    /// What a file of this name may be; `None` when no reader is for it.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name == "sfdx-project.json" {
            return Some(Self::SfdxProject);
        }
        if matches!(name.as_str(), ".env" | ".envrc") || name.starts_with(".env.") {
            return Some(Self::Env);
        }
        let (stem, end) = name.rsplit_once('.')?;
        // ".json" is a name without an end.
        let format = ENDS.iter().find(|(ends, _)| ends.contains(&end)).map(|(_, format)| *format);
        format.filter(|_| !stem.is_empty())
    }

    /// Whether the file holds code or text for people: what is found in it is possible, never certain.
    pub const fn is_code(self) -> bool {
        matches!(self, Self::Code(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        for (name, format) in [
            ("mule-app.XML", Some(Format::Xml)),
            ("process-conf.xml", Some(Format::Xml)),
            ("sfdx-project.json", Some(Format::SfdxProject)),
            ("connector.json", Some(Format::Json)),
            (".env", Some(Format::Env)),
            (".env.production", Some(Format::Env)),
            ("acme.env", Some(Format::Env)),
            (".envrc", Some(Format::Env)),
            ("a.test.ts", Some(Format::Code(Language::JavaScript))),
            ("deploy.sh", Some(Format::Code(Language::Shell))),
            ("Makefile", None),
            (".json", None),
            ("a.png", None),
            ("", None),
        ] {
            assert_eq!(Format::of_name(name), format, "{name}");
        }
    }
}
