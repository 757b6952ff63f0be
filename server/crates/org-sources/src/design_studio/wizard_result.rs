//! What a Salesforce wizard made: a query, an upsert and so on, for one org.

use super::Entity;
use crate::Located;

/// The result of a Salesforce wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WizardResult {
    /// Its GUID.
    pub id: Option<Located>,
    /// Its name.
    pub name: Option<Located>,
    /// The entity's type without `Salesforce`, as written: `Query`, `Upsert`, `Create`.
    pub kind: String,
    /// `connector_id`: the GUID of its org.
    pub connector: Located,
    /// `operation_id`: the GUID of the operation that was made with it.
    pub operation: Option<Located>,
    /// The object's name without its namespace, for example `Contact`; the place is the whole value.
    pub object: Option<Located>,
    /// The SOQL of a query; may hold Jitterbit variables.
    pub soql: Option<Located>,
}

impl WizardResult {
    /// `None` for an entity that is deleted, names no org, or is none of Salesforce's.
    pub fn of(entity: &Entity) -> Option<Self> {
        if entity.header.is_deleted {
            return None;
        }
        let kind = entity.kind.as_ref()?.value.strip_prefix("Salesforce")?.to_owned();
        Some(Self {
            id: entity.header.id.clone(),
            name: entity.header.name.clone(),
            kind,
            connector: entity.value("connector_id")?.clone(),
            operation: entity.value("operation_id").cloned(),
            object: entity.value("salesforce_object").map(|written| Located {
                value: without_namespace(&written.value).to_owned(),
                span: written.span,
            }),
            soql: entity.text("query_string").filter(|soql| !soql.value.trim().is_empty()).cloned(),
        })
    }

    /// The kind as Salesforce's wizards call it: `query`, `insert` (Design Studio's `Create`), `bulk
    /// upsert`.
    pub fn kind_in_words(&self) -> String {
        if self.kind == "Create" {
            return "insert".to_owned();
        }
        let mut words = String::new();
        for character in self.kind.chars() {
            if character.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(character.to_lowercase());
        }
        words
    }
}

/// `{urn:sobject.partner.soap.sforce.com}Contact` is `Contact`.
fn without_namespace(object: &str) -> &str {
    match object.rsplit_once('}') {
        Some((namespace, name)) if namespace.starts_with('{') => name,
        _ => object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(kind: &str, rest: &str) -> Option<WizardResult> {
        let text = format!(
            "<Entity type='{kind}'><Header ID='r'/><Properties><Item key='connector_id' value='c'/>\
             <Item key='salesforce_object' value='{{urn:x}}Contact'/></Properties>{rest}</Entity>"
        );
        WizardResult::of(&Entity::read(&text))
    }

    #[test]
    fn kind_object_and_query_are_told() {
        let query = result(
            "SalesforceQuery",
            "<konga.string name='query_string'>SELECT Id &gt; 1</konga.string>",
        );
        let query = query.expect("a result");
        assert_eq!(query.object.as_ref().map(|it| it.value.as_str()), Some("Contact"));
        assert_eq!(query.soql.as_ref().map(|it| it.value.as_str()), Some("SELECT Id > 1"));
        let words = |kind| result(kind, "").map(|result| result.kind_in_words());
        assert_eq!(words("SalesforceQuery").as_deref(), Some("query"));
        assert_eq!(words("SalesforceCreate").as_deref(), Some("insert"));
        assert_eq!(words("SalesforceBulkUpsert").as_deref(), Some("bulk upsert"));
        assert_eq!(words("Script"), None);
    }
}
