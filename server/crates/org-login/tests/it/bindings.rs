//! A referenced secret goes only where a person said so.

use std::sync::Arc;

use crate::support::*;
use org_login::{
    Bindings, Cause, LoginResult, LoginTarget, Network, Status, TargetAuth, test_login,
    unconfirmed_secrets,
};
use tokio_util::sync::CancellationToken;

async fn test(target: &LoginTarget, network: &Network) -> LoginResult {
    let secrets = Arc::new(Secrets::default());
    test_login(target, secrets, network, TODAY, CancellationToken::new()).await
}

async fn unconfirmed(target: &LoginTarget, network: &Network) -> Vec<org_login::SecretUse> {
    let secrets = Arc::new(Secrets::default());
    let open = unconfirmed_secrets(target, secrets, network, CancellationToken::new()).await;
    open.into_iter().map(|open| open.secret).collect()
}

fn assert_skipped(result: &LoginResult) {
    assert_eq!(
        (result.status, result.cause),
        (Status::Skipped, Some(Cause::SecretNotConfirmed)),
        "{result:?}"
    );
}

#[tokio::test]
async fn nothing_is_sent_until_a_person_confirms_and_then_it_is_not_asked_again() {
    let server = Server::start(|_| json("{}")).await;
    for target in [server.oauth(), server.basic()] {
        let bindings = Arc::new(Confirmed::default());
        let network = Network::new(server.policy()).with_bindings(bindings.clone());
        let before = server.seen().len();
        let result = test(&target, &network).await;
        assert_skipped(&result);
        assert_eq!(server.seen().len(), before);
        let uses = unconfirmed(&target, &network).await;
        for secret in &uses {
            assert!(result.summary.contains(&secret.name), "{}", result.summary);
            assert!(result.summary.contains(&secret.account.to_string()), "{}", result.summary);
            assert!(result.summary.contains(&secret.host), "{}", result.summary);
        }
        bindings.confirm(&uses);
        assert!(unconfirmed(&target, &network).await.is_empty());
        assert_ne!(test(&target, &network).await.cause, Some(Cause::SecretNotConfirmed));
        assert!(server.seen().len() > before);
    }
}

#[tokio::test]
async fn a_network_without_bindings_sends_no_referenced_secret() {
    let server = Server::start(|_| json("{}")).await;
    assert_skipped(&test(&server.oauth(), &Network::new(server.policy())).await);
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn literals_stand_in_the_file_and_need_no_confirmation() {
    let server = Server::start(|_| json("{}")).await;
    let mut target = server.oauth();
    let TargetAuth::OAuth { client_secret, .. } = &mut target.auth else { unreachable!() };
    *client_secret = "FAKE-literal".to_owned();
    let network = Network::new(server.policy());
    assert_ne!(test(&target, &network).await.status, Status::Skipped);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn another_user_or_host_is_confirmed_anew() {
    let server = Server::start(|_| json("{}")).await;
    let other = Server::start(|_| json("{}")).await;
    let bindings = Arc::new(Confirmed::default());
    let network = Network::new(server.policy()).with_bindings(bindings.clone());
    let target = server.basic();
    bindings.confirm(&unconfirmed(&target, &network).await);

    let mut mallory = target.clone();
    let TargetAuth::Basic { username, .. } = &mut mallory.auth else { unreachable!() };
    *username = "mallory@example.com".to_owned();
    assert_skipped(&test(&mallory, &network).await);

    let elsewhere = Network::new(other.policy()).with_bindings(bindings.clone());
    assert_skipped(&test(&other.basic(), &elsewhere).await);

    // The same secret for the other way to log in.
    let mut oauth = server.oauth();
    let TargetAuth::OAuth { client_id, client_secret, .. } = &mut oauth.auth else {
        unreachable!()
    };
    (*client_id, *client_secret) = (USERNAME.to_owned(), "${env:PASSWORD}".to_owned());
    assert_skipped(&test(&oauth, &network).await);
    assert_eq!((server.seen().len(), other.seen().len()), (0, 0));
}

#[tokio::test]
async fn a_user_behind_a_reference_is_confirmed_too_and_stays_hidden() {
    let server = Server::start(|_| json("{}")).await;
    let mut target = server.basic();
    let TargetAuth::Basic { username, .. } = &mut target.auth else { unreachable!() };
    *username = "${env:USER}".to_owned();
    let only_password = Confirmed { allowed: vec!["PASSWORD", "token"], ..Confirmed::default() };
    let network = Network::new(server.policy()).with_bindings(Arc::new(only_password));
    let result = test(&target, &network).await;
    assert_skipped(&result);
    assert_eq!(result.member.as_deref(), Some("/auth/username"));
    assert!(!format!("{result:?}").contains(USERNAME), "{result:?}");
    assert!(result.summary.contains("the user in USER (environment)"), "{}", result.summary);
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_secret_that_cannot_be_had_is_told_before_anybody_is_asked() {
    let server = Server::start(|_| json("{}")).await;
    let mut target = server.oauth();
    let TargetAuth::OAuth { client_secret, .. } = &mut target.auth else { unreachable!() };
    *client_secret = "${env:MISSING}".to_owned();
    let network = Network::new(server.policy());
    assert!(unconfirmed(&target, &network).await.is_empty());
    assert_eq!(test(&target, &network).await.cause, Some(Cause::SecretUnavailable));
}
