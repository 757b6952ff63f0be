//! Requests that are answered later from another thread, without the service.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, Id, Response};

use super::writer::Outgoing;

/// Takes requests whose answers are promised.
#[derive(Clone, Debug)]
pub struct Later {
    writer: UnboundedSender<Outgoing>,
    waiting: Arc<Mutex<Waiting>>,
    /// Requests without an answer so far.
    unanswered: Arc<watch::Sender<usize>>,
}

/// The requests that wait, with the numbers of their promises: clients may use a name again. Whoever takes a
/// request out answers it.
#[derive(Debug, Default)]
struct Waiting {
    promises: HashMap<Id, u64>,
    count: u64,
}

impl Later {
    /// Answers go to `writer`; those to come are counted in `unanswered`.
    pub fn new(writer: UnboundedSender<Outgoing>, unanswered: Arc<watch::Sender<usize>>) -> Self {
        Self { writer, waiting: Arc::default(), unanswered }
    }

    /// Promises an answer. `None` while another request of this name waits.
    pub fn promise(&self, id: &Id) -> Option<Reply> {
        let mut waiting = self.waiting();
        if waiting.promises.contains_key(id) {
            return None;
        }
        waiting.count += 1;
        let number = waiting.count;
        waiting.promises.insert(id.clone(), number);
        self.unanswered.send_modify(|count| *count += 1);
        Some(Reply { id: id.clone(), number, later: self.clone() })
    }

    /// The client does not wait any more; whether it was for such a request.
    pub fn cancel(&self, params: Option<&Value>) -> bool {
        let id = params.and_then(|params| params.get("id")).cloned();
        let Some(id) = id.and_then(|id| serde_json::from_value::<Id>(id).ok()) else {
            return false;
        };
        let is_waiting = self.waiting().promises.remove(&id).is_some();
        if is_waiting {
            let error = Response::from_error(id, Error::request_cancelled());
            self.answer(Outgoing::Answer(error));
        }
        is_waiting
    }

    fn answer(&self, answer: Outgoing) {
        // The writer reads on until it has been told the end.
        let _ = self.writer.send(answer);
        self.unanswered.send_modify(|count| *count -= 1);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The promise to answer a request. One that is dropped becomes an error.
#[derive(Debug)]
pub struct Reply {
    id: Id,
    number: u64,
    later: Later,
}

impl Reply {
    /// Whether nobody waits for the answer any more.
    pub fn is_cancelled(&self) -> bool {
        self.later.waiting().promises.get(&self.id) != Some(&self.number)
    }

    /// Answers with a result of JSON that is as it goes out: harmless, its URIs as the client spells them.
    pub fn send(self, result: &str) {
        if self.take() {
            let id = json!(self.id);
            let written = format!(r#"{{"jsonrpc":"2.0","result":{result},"id":{id}}}"#);
            self.later.answer(Outgoing::Written(written.into_bytes()));
        }
    }

    /// Whether the client still waits, from now on for what is answered now.
    fn take(&self) -> bool {
        let mut waiting = self.later.waiting();
        let is_waiting = waiting.promises.get(&self.id) == Some(&self.number);
        if is_waiting {
            waiting.promises.remove(&self.id);
        }
        is_waiting
    }

    /// A promise, and what is answered so far.
    #[cfg(test)]
    pub fn alone() -> (Self, impl FnMut() -> Option<Value>) {
        let (writer, mut written) = tokio::sync::mpsc::unbounded_channel();
        let later = Later::new(writer, Arc::new(watch::Sender::new(0)));
        let reply = later.promise(&Id::Number(1)).expect("no other promise");
        let answer = move || match written.try_recv() {
            Ok(Outgoing::Written(body)) => {
                let body: Value = serde_json::from_slice(&body).ok()?;
                body.get("result").cloned()
            }
            _ => None,
        };
        (reply, answer)
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if self.take() {
            let error = Response::from_error(self.id.clone(), Error::internal_error());
            self.later.answer(Outgoing::Answer(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{self, UnboundedReceiver};

    use super::*;

    fn later() -> (Later, UnboundedReceiver<Outgoing>, Arc<watch::Sender<usize>>) {
        let (writer, written) = mpsc::unbounded_channel();
        let unanswered = Arc::new(watch::Sender::new(0));
        (Later::new(writer, Arc::clone(&unanswered)), written, unanswered)
    }

    fn next(written: &mut UnboundedReceiver<Outgoing>) -> Option<Value> {
        match written.try_recv().ok()? {
            Outgoing::Written(body) => serde_json::from_slice(&body).ok(),
            Outgoing::Answer(response) => Some(json!(response)),
            _ => None,
        }
    }

    #[test]
    fn a_promise_is_kept_once_however_it_ends() {
        let (later, mut written, unanswered) = later();
        let [sent, dropped, cancelled] = ["a\"", "b", "c"]
            .map(|id| later.promise(&Id::String(id.to_owned())).expect("no other promise"));
        assert_eq!(*unanswered.borrow(), 3);
        sent.send("[1]");
        drop(dropped);
        assert!(later.cancel(Some(&json!({"id": "c"}))) && cancelled.is_cancelled());
        cancelled.send("[2]");
        let answer = json!({"jsonrpc": "2.0", "result": [1], "id": "a\""});
        assert_eq!(next(&mut written), Some(answer));
        for (id, code) in [("b", -32603), ("c", -32800)] {
            let answer = next(&mut written).expect("an answer");
            assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(code)));
        }
        assert_eq!((next(&mut written), *unanswered.borrow()), (None, 0));
    }

    #[test]
    fn a_name_may_be_used_again_when_it_is_answered() {
        let (later, mut written, _) = later();
        let first = later.promise(&Id::Number(1)).expect("no other promise");
        assert!(later.promise(&Id::Number(1)).is_none());
        for params in [None, Some(json!({})), Some(json!({"id": {}})), Some(json!({"id": 2}))] {
            assert!(!later.cancel(params.as_ref()), "{params:?}");
        }
        assert!(later.cancel(Some(&json!({"id": 1}))));
        let second = later.promise(&Id::Number(1)).expect("no other promise");
        first.send("1");
        assert!(!second.is_cancelled());
        second.send("2");
        assert!(next(&mut written).expect("an answer").get("error").is_some());
        assert_eq!(next(&mut written).expect("an answer")["result"], 2);
        assert_eq!(next(&mut written), None);
    }
}
