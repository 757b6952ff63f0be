//! From an org's file of Design Studio to what it means.
//!
//! The server host, which is kept as a URL there, becomes the host; the user name, which is encrypted, is
//! taken from the entity's name, which Design Studio makes of it. A password item is what tells basic
//! authentication.

use org_schema::address::Address;
use org_schema::design_studio;
use org_schema::members::AuthType;
use org_sources::Located;
use org_sources::design_studio::{Entity, Item};
use org_syntax::Span;

use super::{AuthDef, Field, OrgDef, StringValue, Value};

impl OrgDef {
    /// The org that an entity is; members that are not written are `None`.
    pub(crate) fn of_entity(entity: &Entity) -> Self {
        let header_name = entity.header.name.as_ref().filter(|name| !name.value.trim().is_empty());
        let name = header_name.map(|name| field("name", name.span, Some(name), text));
        let guid = entity.header.id.as_ref().filter(|_| entity.guid().is_some());
        Self {
            is_name_whole: name.is_some(),
            name,
            sandbox: item_field(entity, "sandbox", sandbox),
            server_host: item_field(entity, "serverHost", server_host),
            api_version: item_field(entity, "apiVersion", plain),
            design_studio_org: guid.map(|id| field("designStudioOrg", id.span, Some(id), text)),
            auth: auth(entity),
            ..Self::default()
        }
    }
}

fn auth(entity: &Entity) -> AuthDef {
    AuthDef {
        kind: basic_marker(entity).map(|key| {
            let basic = AuthType::Basic.as_str().to_owned();
            let value = StringValue::new(basic, key.span);
            filled("type", key.span, key.span, Value::String(value))
        }),
        username: username(entity),
        password: item_field(entity, "password", secret),
        security_token: item_field(entity, "securityToken", secret),
        ..AuthDef::default()
    }
}

/// The `key` of the password item, when it tells basic authentication: an org with an empty password and
/// items that nobody knows is probably on OAuth 2.0.
fn basic_marker(entity: &Entity) -> Option<&Located> {
    let password = entity.item(design_studio::key_of("password")?)?;
    let is_entered = password.value.as_ref().is_some_and(|value| !value.value.is_empty());
    let has_unknown = || entity.items.iter().any(|it| design_studio::item(&it.key.value).is_none());
    (is_entered || !has_unknown()).then_some(&password.key)
}

/// The user name as it is entered, else the entity's name when that is one.
fn username(entity: &Entity) -> Option<Field> {
    let written = item_field(entity, "username", plain);
    let is_hidden = written.as_ref().is_none_or(|it| it.value == Some(Value::Encrypted));
    let name = entity.header.name.as_ref().filter(|name| name.value.contains('@'));
    match name {
        Some(name) if is_hidden => Some(field("username", name.span, Some(name), plain)),
        _ => written,
    }
}

/// The field of the item that holds what `member` of our files holds.
fn item_field(entity: &Entity, member: &str, read: fn(&str) -> Value) -> Option<Field> {
    let item = entity.item(design_studio::key_of(member)?)?;
    let Item { key, value, is_encrypted, .. } = item;
    let mut field = field(member, key.span, value.as_ref(), read);
    if *is_encrypted && field.value.is_some() {
        field.value = Some(Value::Encrypted);
    }
    Some(field)
}

fn field(name: &str, key: Span, value: Option<&Located>, read: fn(&str) -> Value) -> Field {
    match value {
        Some(written) => {
            let mut value = read(&written.value);
            if let Value::String(string) = &mut value {
                string.span = written.span;
            }
            filled(name, key, written.span, value)
        }
        None => Field { value: None, value_span: None, ..filled(name, key, key, Value::Invalid) },
    }
}

fn filled(name: &str, key_span: Span, value_span: Span, value: Value) -> Field {
    Field {
        name: name.to_owned(),
        member: None,
        key_span,
        value_span: Some(value_span),
        value: Some(value),
        is_closed: true,
    }
}

fn text(value: &str) -> Value {
    Value::String(StringValue::new(value, Span::default()))
}

/// A text that may hold variables, alone or among other text.
fn plain(written: &str) -> Value {
    let has_variable = written
        .split('[')
        .skip(1)
        .any(|behind| behind.split_once(']').is_some_and(|(name, _)| !name.trim().is_empty()));
    if has_variable { Value::Variable(written.to_owned()) } else { text(written) }
}

/// As [`plain`], where brackets may be part of the value: only one variable and nothing else is one.
fn secret(written: &str) -> Value {
    let inside = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_variable = inside.is_some_and(|name| {
        let name = name.strip_suffix("{}").unwrap_or(name);
        !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '$' | ' '))
    });
    if is_variable { Value::Variable(written.to_owned()) } else { text(written) }
}

fn sandbox(written: &str) -> Value {
    match written.trim() {
        "0" => Value::Boolean(false),
        "1" => Value::Boolean(true),
        _ => match plain(written) {
            variable @ Value::Variable(_) => variable,
            _ => Value::Invalid,
        },
    }
}

/// `https://HOST/` is stored, and `HOST` is meant; what is written otherwise stays as it is.
fn server_host(written: &str) -> Value {
    if let variable @ Value::Variable(_) = plain(written) {
        return variable;
    }
    let address = Address::split(written);
    let is_https = address.scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("https"));
    let is_bare =
        address.user_info.is_none() && address.port.is_none() && matches!(address.behind, "" | "/");
    text(if is_https && is_bare && !address.host.is_empty() { address.host } else { written })
}

#[cfg(test)]
mod tests;
