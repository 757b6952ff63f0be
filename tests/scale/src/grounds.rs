//! The projects between which orgs and faults are distributed.

use crate::seeds::Ground;

/// A project that holds many orgs.
pub(crate) struct Home {
    /// Its folder.
    pub folder: &'static str,
    pub ground: Ground,
    /// So many of a hundred customers are there.
    pub share: usize,
    /// The members of its project file but for `rules`; none: it has no project file.
    pub members: &'static [(&'static str, &'static str)],
}

/// Project files stand in the middle of what they govern, before and behind it; projects stand in
/// others.
pub(crate) static HOMES: [Home; 8] = [
    Home {
        folder: "platform",
        ground: Ground::Newest,
        share: 38,
        members: &[("name", "\"Platform\""), ("apiVersion", "\"68.0\"")],
    },
    Home {
        folder: "platform/before-oauth",
        ground: Ground::Basic,
        share: 16,
        members: &[("apiVersion", "\"64.0\"")],
    },
    Home {
        folder: "platform/reports",
        ground: Ground::Newest,
        share: 8,
        members: &[("apiVersion", "\"68.0\""), ("name", "\"Reports\"")],
    },
    Home {
        folder: "regions/emea",
        ground: Ground::Agent12,
        share: 12,
        members: &[
            ("name", "\"EMEA\""),
            ("apiVersion", "\"66.0\""),
            ("agentVersion", "\"12.9\""),
            ("designStudioVersion", "\"11.63\""),
        ],
    },
    Home {
        folder: "regions/emea/Süd & Ost 🚀",
        ground: Ground::OAuth,
        share: 6,
        members: &[
            ("apiVersion", "\"65.0\""),
            ("agentVersion", "\"12.3.0.1\""),
            ("designStudioVersion", "\"11.59\""),
        ],
    },
    Home {
        folder: "archive",
        ground: Ground::OldBasic,
        share: 8,
        members: &[
            ("apiVersion", "\"59.0\""),
            ("agentVersion", "\"11.20\""),
            ("designStudioVersion", "\"11.20\""),
        ],
    },
    Home { folder: "unassigned", ground: Ground::Nameless, share: 9, members: &[] },
    Home { folder: "", ground: Ground::Nameless, share: 3, members: &[] },
];

impl Home {
    /// Whether its orgs use basic authentication.
    pub fn is_basic(&self) -> bool {
        matches!(self.ground, Ground::Basic | Ground::OldBasic)
    }

    /// Whether a fault that needs `ground` can be planted here.
    pub fn suits(&self, ground: Ground) -> bool {
        let any_oauth = matches!(self.ground, Ground::Newest | Ground::Agent12 | Ground::OAuth);
        self.ground == ground || (ground == Ground::OAuth && any_oauth)
    }

    /// The version that its orgs write themselves.
    pub fn own_version(&self) -> Option<&'static str> {
        (self.ground == Ground::Nameless).then_some("68.0")
    }
}

/// Folders in which new projects of a few orgs are made: outside and inside of others.
pub(crate) static NEW_PROJECTS: [&str; 3] = ["teams", "platform/teams", "regions/emea/teams"];
