//! The partitions of My Domain host names.

/// The label between a My Domain name and `my.salesforce.com`. The values are those of
/// `DomainPartition` in the `MyDomainLog` object of Salesforce's Tooling API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Partition {
    /// Demo orgs.
    Demo,
    /// Developer Edition orgs.
    Develop,
    /// The partition that is named `free`.
    Free,
    /// The partition that is named `none`.
    None_,
    /// Patch orgs.
    Patch,
    /// Sandboxes.
    Sandbox,
    /// Scratch orgs.
    Scratch,
    /// The partition that is named `sfdctest`.
    SfdcTest,
    /// The partition that is named `sfrestore`.
    SfRestore,
    /// Trailhead playgrounds.
    Trailblaze,
}

impl Partition {
    /// Every partition, in alphabetical order of the labels.
    pub const ALL: [Partition; 10] = [
        Partition::Demo,
        Partition::Develop,
        Partition::Free,
        Partition::None_,
        Partition::Patch,
        Partition::Sandbox,
        Partition::Scratch,
        Partition::SfdcTest,
        Partition::SfRestore,
        Partition::Trailblaze,
    ];

    /// The label in host names.
    pub const fn label(self) -> &'static str {
        match self {
            Partition::Demo => "demo",
            Partition::Develop => "develop",
            Partition::Free => "free",
            Partition::None_ => "none",
            Partition::Patch => "patch",
            Partition::Sandbox => "sandbox",
            Partition::Scratch => "scratch",
            Partition::SfdcTest => "sfdctest",
            Partition::SfRestore => "sfrestore",
            Partition::Trailblaze => "trailblaze",
        }
    }

    /// Reads a label in any letter case; `None` for a partition that Salesforce does not have.
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.label().eq_ignore_ascii_case(label))
    }
}
