//! Reads a SOAP request as strictly as Salesforce does.

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// The operation in the body of an envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Operation {
    pub namespace: String,
    pub name: String,
    /// Its children's local names and texts, in order.
    pub parameters: Vec<(String, String)>,
    /// `organizationId` of a `LoginScopeHeader`.
    pub scope_organization_id: Option<String>,
}

impl Operation {
    /// The text of the first parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
}

const SOAP_NAMESPACE: Namespace<'_> = Namespace("http://schemas.xmlsoap.org/soap/envelope/");

const ENTITY: &str = "The entity name must immediately follow the '&' in the entity reference.";
const PROLOG: &str = "Content is not allowed in prolog.";
const INCOMPLETE: &str = "XML document structures must start and end within the same entity.";
const DTD: &str = "DOCTYPE is disallowed in SOAP messages.";
const DEPTH: &str = "The message nests elements too deeply.";

/// Far more than any SOAP request needs.
const DEEPEST: usize = 100;

/// Reads an envelope.
///
/// # Errors
/// The text of the `soapenv:Client` fault that Salesforce would answer with. Only the one about
/// entities is recorded; the others are what Java's XML parser says.
pub(crate) fn parse(body: &[u8]) -> Result<Operation, &'static str> {
    let text = std::str::from_utf8(body).map_err(|_| "Invalid byte in a UTF-8 sequence.")?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = NsReader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut operation = Operation::default();
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(read) => read,
            Err(quick_xml::Error::IllFormed(error)) => {
                return Err(match error {
                    quick_xml::errors::IllFormedError::UnclosedReference => ENTITY,
                    _ => INCOMPLETE,
                });
            }
            Err(_) => return Err(INCOMPLETE),
        };
        match event {
            Event::Start(start) => {
                let local_name = start.local_name().into_inner().to_owned();
                if path.len() >= DEEPEST {
                    return Err(DEPTH);
                }
                enter(&mut operation, &path, namespace, &local_name)?;
                path.push(local_name);
            }
            Event::Empty(start) => {
                let local_name = start.local_name().into_inner().to_owned();
                enter(&mut operation, &path, namespace, &local_name)?;
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => {
                let content = text.xml10_content();
                if path.is_empty() && !content.trim().is_empty() {
                    return Err(PROLOG);
                }
                add_text(&mut operation, &path, &content);
            }
            Event::CData(data) => add_text(&mut operation, &path, &data.xml10_content()),
            Event::GeneralRef(reference) => {
                add_text(&mut operation, &path, &resolve(&reference)?);
            }
            Event::DocType(_) => return Err(DTD),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if !path.is_empty() {
        return Err(INCOMPLETE);
    }
    if operation.name.is_empty() {
        return Err("No SOAP body with an operation in it.");
    }
    Ok(operation)
}

fn enter(
    operation: &mut Operation,
    path: &[String],
    namespace: ResolveResult<'_>,
    local_name: &str,
) -> Result<(), &'static str> {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace,
        ResolveResult::Unbound => Namespace(""),
        ResolveResult::Unknown(_) => return Err("A prefix of an element is not bound."),
    };
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names[..] {
        [] if local_name != "Envelope" || namespace != SOAP_NAMESPACE => {
            Err("The root element is not a SOAP 1.1 Envelope.")
        }
        ["Envelope", "Body"] if operation.name.is_empty() => {
            namespace.0.clone_into(&mut operation.namespace);
            local_name.clone_into(&mut operation.name);
            Ok(())
        }
        ["Envelope", "Body", _] => {
            operation.parameters.push((local_name.to_owned(), String::new()));
            Ok(())
        }
        ["Envelope", "Header", "LoginScopeHeader"] if local_name == "organizationId" => {
            operation.scope_organization_id = Some(String::new());
            Ok(())
        }
        _ => Ok(()),
    }
}

fn add_text(operation: &mut Operation, path: &[String], text: &str) {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    match names[..] {
        ["Envelope", "Body", _, _] => {
            if let Some((_, content)) = operation.parameters.last_mut() {
                content.push_str(text);
            }
        }
        ["Envelope", "Header", "LoginScopeHeader", "organizationId"] => {
            operation.scope_organization_id.get_or_insert_default().push_str(text);
        }
        _ => {}
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, &'static str> {
    let name = reference.xml10_content();
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character.to_string()),
        Ok(None) if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') => Err(ENTITY),
        Ok(None) => resolve_xml_entity(&name)
            .map(str::to_owned)
            .ok_or("The entity was referenced, but not declared."),
        Err(_) => Err("Character reference is an invalid XML character."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(inner: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\">\
             <env:Body><n1:login xmlns:n1=\"urn:partner.soap.sforce.com\">{inner}</n1:login>\
             </env:Body></env:Envelope>\n"
        )
    }

    #[test]
    fn names_and_texts() {
        let inner =
            "<n1:username>a@b</n1:username><n1:password>x&amp;&#65;<![CDATA[<]]>é </n1:password>";
        let operation = parse(envelope(inner).as_bytes()).expect("well-formed");
        assert_eq!(operation.name, "login");
        assert_eq!(operation.namespace, "urn:partner.soap.sforce.com");
        assert_eq!(operation.parameter("username"), Some("a@b"));
        assert_eq!(operation.parameter("password"), Some("x&A<é "));
        assert_eq!(operation.scope_organization_id, None);
    }

    #[test]
    fn scope_header() {
        let text = envelope("").replace(
            "<env:Body>",
            "<env:Header><LoginScopeHeader xmlns=\"urn:partner.soap.sforce.com\">\
             <organizationId>00D1</organizationId></LoginScopeHeader></env:Header><env:Body>",
        );
        let operation = parse(text.as_bytes()).expect("well-formed");
        assert_eq!(operation.scope_organization_id.as_deref(), Some("00D1"));
    }

    #[test]
    fn what_is_not_well_formed() {
        let broken = |text: &str| parse(text.as_bytes()).expect_err("broken");
        assert_eq!(broken(&envelope("<n1:password>a&b</n1:password>")), ENTITY);
        assert_eq!(broken(&envelope("<n1:password>a& b;</n1:password>")), ENTITY);
        assert_ne!(broken(&envelope("<n1:password>a<b</n1:password>")), "");
        assert_eq!(broken("{\"not\": \"xml\"}"), PROLOG);
        assert_eq!(broken(&envelope("<n1:a>")), INCOMPLETE);
        assert_eq!(broken("<!DOCTYPE a []><a/>"), DTD);
        assert_eq!(broken(&envelope(&"<a>".repeat(200))), DEPTH);
        assert_ne!(broken(""), "");
        assert_ne!(broken("<a/>"), "");
        assert_ne!(broken(&envelope("<x:a/>")), "");
        assert_ne!(broken(&envelope("&undeclared;")), "");
    }
}
