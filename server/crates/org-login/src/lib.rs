//! Salesforce logins and their explanation.
