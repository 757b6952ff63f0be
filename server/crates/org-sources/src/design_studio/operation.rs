//! An operation, as far as it runs what a Salesforce wizard made.

use super::Entity;
use crate::Located;

/// An operation that runs the result of a Salesforce wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its GUID.
    pub id: Option<Located>,
    /// Its name.
    pub name: Option<Located>,
    /// `salesforce_wizard_guid`: the wizard's result.
    pub wizard_result: Located,
    /// `salesforce_wizard_operation_name`, for example `query`.
    pub wizard: Option<Located>,
}

impl Operation {
    /// The item that makes an operation one of Salesforce; a file without this text needs no
    /// reading.
    pub const MARK: &'static str = "salesforce_wizard_guid";

    /// `None` for an operation that is deleted or has nothing to do with Salesforce.
    pub fn of(entity: &Entity) -> Option<Self> {
        if entity.header.is_deleted {
            return None;
        }
        let wizard_result = entity.value(Self::MARK)?.clone();
        Some(Self {
            id: entity.header.id.clone(),
            name: entity.header.name.clone(),
            wizard_result,
            wizard: entity.value("salesforce_wizard_operation_name").cloned(),
        })
    }
}
