//! Members of a project file.

use super::org::SCHEMA;
use super::{MemberSpec, ValueKind};

/// Members of the whole file.
pub(super) static PROJECT: &[MemberSpec] = &[
    SCHEMA,
    MemberSpec {
        name: "name",
        value: ValueKind::String,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Project name",
        summary: "Name of the project, for people.",
        doc: "Name of the project, for people.",
        placeholder: "Acme integrations",
    },
    MemberSpec {
        name: "apiVersion",
        value: ValueKind::ApiVersion,
        required: true,
        secret: false,
        reference: false,
        public: true,
        title: "Salesforce API version",
        summary: "Salesforce API version of every org of the project that has none of its own.",
        doc: "Salesforce API version of every org of the project that has none of its own, as \
              `\"61.0\"`.\n\n\
              Agent and Design Studio decide which versions are available. A higher version \
              includes everything of the lower ones, but at 65.0 and later basic authentication \
              is gone: convert the orgs to OAuth 2.0 first, then upgrade.",
        placeholder: "64.0",
    },
    MemberSpec {
        name: "designStudioVersion",
        value: ValueKind::ProductVersion,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Design Studio version",
        summary: "Version of Design Studio that the project is edited with.",
        doc: "Version of Jitterbit Design Studio that the project is edited with, as `\"11.63\"`. \
              OAuth 2.0 client credentials need 11.59. Left out, it is the version that saved the \
              project that `designStudioProject` names.",
        placeholder: "11.63",
    },
    MemberSpec {
        name: "agentVersion",
        value: ValueKind::ProductVersion,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Agent version",
        summary: "Version of the Jitterbit agent that the project runs on.",
        doc: "Version of the Jitterbit agent that the project runs on, as `\"12.9\"`; of several \
              agents the oldest. The parts are numbers: 12.10 is newer than 12.9. OAuth 2.0 client \
              credentials need 11.59 on the 11.x line or 12.3 on 12.x.",
        placeholder: "12.9",
    },
    MemberSpec {
        name: "designStudioProject",
        value: ValueKind::String,
        required: false,
        secret: false,
        reference: false,
        public: true,
        title: "Design Studio project",
        summary: "Where the Design Studio project of these orgs is: its folder or its .jpk file.",
        doc: "Where the Design Studio project of these orgs is: its folder or its Jitterpak \
              (`.jpk`), by the path from this file, inside of the workspace. An org belongs to the one \
              whose GUID is its `designStudioOrg`. Nothing is ever written there.",
        placeholder: "../Acme orders to ERP",
    },
    MemberSpec {
        name: "rules",
        value: ValueKind::Object,
        required: false,
        secret: false,
        reference: false,
        public: false,
        title: "Rules",
        summary: "How severe each rule is in this project.",
        doc: "How severe each rule is in this project: the name of a rule, then `\"error\"`, \
              `\"warning\"`, `\"information\"`, `\"hint\"` or `\"off\"`. `sforg explain` lists \
              the rules.",
        placeholder: "",
    },
];
