//! The faults: ways to be wrong, each with the findings that it must yield, marked where the rule
//! has to point.

mod authentication;
mod connections;
mod hosts;
mod shape;
mod syntax;
mod values;
mod versions;

use std::sync::LazyLock;

use crate::org::Org;
use crate::site::Site;

/// One way to be wrong.
pub(crate) struct Seed {
    /// The rule that it is about. Others may have to speak too; they are marked as well.
    pub rule: &'static str,
    pub ground: Ground,
    /// Most orgs that planting it adds.
    pub most_orgs: usize,
    pub plant: Plant,
}

/// Which project a fault needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Any project of orgs on OAuth 2.0.
    OAuth,
    /// One at the newest API version.
    Newest,
    /// One at 66.0 on agent 12.9 and Design Studio 11.63.
    Agent12,
    /// One at 64.0 with orgs on basic authentication, whose retirement is not reported.
    Basic,
    /// The same at 59.0, on agent and Design Studio 11.20.
    OldBasic,
    /// Orgs without a project.
    Nameless,
    /// A new folder, for a project file of the fault's own.
    New,
}

/// How a fault is planted.
#[derive(Clone, Copy)]
pub(crate) enum Plant {
    /// Into a production org on OAuth 2.0.
    OAuth(fn(&mut Org)),
    /// Into an org on basic authentication at the production login host.
    Basic(fn(&mut Org)),
    /// By writing files.
    Files(fn(&mut Site<'_>)),
}

impl Seed {
    const fn oauth(rule: &'static str, ground: Ground, spoil: fn(&mut Org)) -> Self {
        Self { rule, ground, most_orgs: 1, plant: Plant::OAuth(spoil) }
    }

    const fn basic(rule: &'static str, ground: Ground, spoil: fn(&mut Org)) -> Self {
        Self { rule, ground, most_orgs: 1, plant: Plant::Basic(spoil) }
    }

    const fn files(
        rule: &'static str,
        ground: Ground,
        most_orgs: usize,
        plant: fn(&mut Site<'_>),
    ) -> Self {
        Self { rule, ground, most_orgs, plant: Plant::Files(plant) }
    }

    /// Plants the fault.
    pub fn plant(&self, site: &mut Site<'_>) {
        let org = match self.plant {
            Plant::OAuth(spoil) => {
                let mut org = site.oauth();
                spoil(&mut org);
                org
            }
            Plant::Basic(spoil) => {
                let mut org = site.basic();
                spoil(&mut org);
                org
            }
            Plant::Files(plant) => return plant(site),
        };
        site.put(org);
    }
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Seed> {
    [
        syntax::SEEDS,
        shape::SEEDS,
        versions::SEEDS,
        authentication::SEEDS,
        hosts::SEEDS,
        values::SEEDS,
        connections::SEEDS,
    ]
    .into_iter()
    .flatten()
}

/// The rules that are seeded, in the order of their first seeds.
pub fn seeded_rules() -> &'static [&'static str] {
    static RULES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut rules = Vec::new();
        for seed in all() {
            if !rules.contains(&seed.rule) {
                rules.push(seed.rule);
            }
        }
        rules
    });
    &RULES
}
