//! The partitions of My Domain host names.

table! {
    /// The label between a My Domain name and `my.salesforce.com`. The values are those of
    /// `DomainPartition` in the `MyDomainLog` object of Salesforce's Tooling API.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Partition: &'static str {
        /// Demo orgs.
        Demo = "demo",
        /// Developer Edition orgs.
        Develop = "develop",
        /// The partition that is named `free`.
        Free = "free",
        /// The partition that is named `none`.
        None_ = "none",
        /// Patch orgs.
        Patch = "patch",
        /// Sandboxes.
        Sandbox = "sandbox",
        /// Scratch orgs.
        Scratch = "scratch",
        /// The partition that is named `sfdctest`.
        SfdcTest = "sfdctest",
        /// The partition that is named `sfrestore`.
        SfRestore = "sfrestore",
        /// Trailhead playgrounds.
        Trailblaze = "trailblaze",
    }
}

impl Partition {
    /// The label in host names.
    pub const fn label(self) -> &'static str {
        self.row()
    }

    /// Reads a label in any letter case; `None` for a partition that Salesforce does not have.
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.label().eq_ignore_ascii_case(label))
    }
}
