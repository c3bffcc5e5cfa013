//! One order at an authority: the account, the order, an answer for each name,
//! the certificate.

use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder, OrderStatus,
    RetryPolicy,
};
use rustls::crypto::ring;

use super::{Acme, AcmeError, kept};
use crate::{challenges::Challenges, pem::Loaded};

/// How long an order may take in all.
const DEADLINE: Duration = Duration::from_mins(5);
/// How long an authority may take to see the answers, or to sign.
const STEP_DEADLINE: Duration = Duration::from_mins(2);

/// What an authority says where it knows no such account (RFC 8555, 6.7).
const NO_ACCOUNT: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

/// Gets a certificate, and keeps it.
pub(super) async fn certificate(acme: &Acme, challenges: &Challenges) -> Result<Loaded, AcmeError> {
    // Where it is installed already, nothing is to be done.
    let _ = ring::default_provider().install_default();
    let ordered = tokio::time::timeout(DEADLINE, ordered(acme, challenges));
    let ordered = ordered.await.map_err(|_| AcmeError::Late(DEADLINE))?;
    if matches!(ordered, Err(AcmeError::NoAccount)) {
        kept::forget_account(acme)?;
    }
    let (chain, key) = ordered?;
    let acme = acme.clone();
    let kept = tokio::task::spawn_blocking(move || kept::keep_certificate(&acme, &chain, &key));
    kept.await
        .map_err(|error| AcmeError::Authority(error.to_string()))?
}

async fn ordered(acme: &Acme, challenges: &Challenges) -> Result<(String, String), AcmeError> {
    let account = account(acme).await?;
    let names: Vec<Identifier> = acme.names.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&names)).await?;
    // Each is there until the order is done with.
    let mut answered = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        match authorization.status {
            AuthorizationStatus::Valid => continue,
            AuthorizationStatus::Pending => {}
            status => {
                return Err(AcmeError::Authority(format!(
                    "an authorization is {status:?} at once"
                )));
            }
        }
        let mut challenge = authorization
            .challenge(ChallengeType::Http01)
            .ok_or_else(|| {
                AcmeError::Authority("it does not offer the challenge http-01".to_owned())
            })?;
        let answer = challenge.key_authorization().as_str().to_owned();
        answered.push(challenges.put(challenge.token.clone(), answer));
        challenge.set_ready().await?;
    }
    let patience = RetryPolicy::default().timeout(STEP_DEADLINE);
    let status = order.poll_ready(&patience).await?;
    if status != OrderStatus::Ready {
        let why = refusals(&mut order).await;
        return Err(AcmeError::Authority(why));
    }
    let key = order.finalize().await?;
    let chain = order.poll_certificate(&patience).await?;
    drop(answered);
    Ok((chain, key))
}

/// Why an order was refused: what the authority says of each name.
async fn refusals(order: &mut instant_acme::Order) -> String {
    let mut said = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let name = authorization.identifier().to_string();
        let Ok(state) = authorization.refresh().await else {
            continue;
        };
        let problems = state.challenges.iter();
        for problem in problems.filter_map(|challenge| challenge.error.as_ref()) {
            let detail = problem.detail.as_deref().unwrap_or("it does not say why");
            said.push(format!("{name}: {detail}"));
        }
    }
    if said.is_empty() {
        return "it refused the order and does not say why".to_owned();
    }
    said.join("; ")
}

async fn account(acme: &Acme) -> Result<Account, AcmeError> {
    let builder = match &acme.root {
        Some(root) => Account::builder_with_root(root),
        None => Account::builder(),
    };
    let builder = builder?;
    if let Some(credentials) = kept::account(acme)? {
        return Ok(builder.from_credentials(credentials).await?);
    }
    let contact: Vec<&str> = acme.contact.as_deref().into_iter().collect();
    let wanted = NewAccount {
        contact: &contact,
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let made = builder.create(&wanted, acme.directory.clone(), None).await;
    let (account, credentials) = made?;
    kept::keep_account(acme, &credentials)?;
    Ok(account)
}

/// In one line, each cause once.
impl From<instant_acme::Error> for AcmeError {
    fn from(error: instant_acme::Error) -> Self {
        if let instant_acme::Error::Api(problem) = &error
            && problem.r#type.as_deref() == Some(NO_ACCOUNT)
        {
            return Self::NoAccount;
        }
        let mut words = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            let inner_words = inner.to_string();
            if !words.contains(&inner_words) {
                words.push_str(": ");
                words.push_str(&inner_words);
            }
            cause = inner.source();
        }
        Self::Authority(words.replace('\n', " "))
    }
}
