//! Which operations use which org: operation → wizard result → org.

use std::collections::{BTreeMap, HashMap};

use super::{Operation, WizardResult, guid_key};

/// An operation that logs in with an org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationUse {
    /// The operation's file, below the project's folder.
    pub file: String,
    /// The operation.
    pub operation: Operation,
    /// The file of the wizard's result, below the project's folder.
    pub result_file: String,
    /// What the wizard made: kind, object, SOQL.
    pub result: WizardResult,
}

/// The operations of each org.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    by_org: BTreeMap<String, Vec<OperationUse>>,
}

impl Usage {
    /// Puts operations and wizard results together; each with its file below the project's folder.
    pub fn of(
        operations: Vec<(String, Operation)>,
        results: impl IntoIterator<Item = (String, WizardResult)>,
    ) -> Self {
        let by_guid: HashMap<String, (String, WizardResult)> = results
            .into_iter()
            .filter_map(|(file, result)| {
                Some((guid_key(&result.id.as_ref()?.value), (file, result)))
            })
            .collect();
        let mut usage = Self::default();
        for (file, operation) in operations {
            let result = by_guid.get(&guid_key(&operation.wizard_result.value));
            let Some((result_file, result)) = result.cloned() else { continue };
            let org = guid_key(&result.connector.value);
            usage.by_org.entry(org).or_default().push(OperationUse {
                file,
                operation,
                result_file,
                result,
            });
        }
        for uses in usage.by_org.values_mut() {
            uses.sort_by(|a, b| (name_of(a), &a.file).cmp(&(name_of(b), &b.file)));
        }
        usage
    }

    /// The operations that use the org of this GUID, by their names.
    pub fn of_org(&self, guid: &str) -> &[OperationUse] {
        self.by_org.get(&guid_key(guid)).map_or(&[], Vec::as_slice)
    }
}

impl OperationUse {
    /// What the operation is called.
    pub fn name(&self) -> Option<&str> {
        self.operation.name.as_ref().map(|name| name.value.as_str())
    }
}

fn name_of(using: &OperationUse) -> &str {
    using.name().unwrap_or_default()
}
