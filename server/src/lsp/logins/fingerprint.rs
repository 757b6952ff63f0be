//! Whether an org is still the one whose login was tested.

use std::collections::hash_map::{DefaultHasher, RandomState};
use std::hash::{BuildHasher, Hash, Hasher};

use org_ide::{Context, Document, EffectiveVersion, Field};

/// Hash of everything that a login of this org depends on, as written: no secret is resolved.
pub fn fingerprint(keys: &RandomState, document: &Document, context: &Context<'_>) -> u64 {
    let mut hasher: DefaultHasher = keys.build_hasher();
    if let Some(org) = document.org() {
        let auth = &org.auth;
        let strings = [
            &org.server_host,
            &auth.kind,
            &auth.username,
            &auth.password,
            &auth.security_token,
            &auth.instance_url,
            &auth.client_id,
            &auth.client_secret,
        ];
        for field in strings {
            field.as_ref().and_then(Field::str).hash(&mut hasher);
        }
        org.is_sandbox().hash(&mut hasher);
        let version = EffectiveVersion::of(org, context.project).map(|v| v.version.number());
        version.hash(&mut hasher);
    }
    hasher.finish()
}
