//! Whose turn it is: a few at a time in all, fewer for one host, one for one user.

use std::collections::{HashMap, VecDeque};

/// So many logins are under way at once.
pub const AT_ONCE: usize = 8;

/// So many of them at one host. login.salesforce.com and test.salesforce.com stand before all orgs
/// that have no My Domain host written, and count the logins of one address together; half of
/// [`AT_ONCE`], so that a host that is slow leaves places to all others.
pub const AT_ONCE_PER_HOST: usize = 4;

/// What waits, by host and by user there.
pub struct Queue<T> {
    hosts: Vec<Host<T>>,
    /// The hosts that have something waiting and a free place, in turn.
    free: VecDeque<usize>,
    running: usize,
}

struct Host<T> {
    waiting: VecDeque<Lane<T>>,
    running: usize,
    /// Whether it stands in `free`.
    is_free: bool,
}

/// The items of one user at one host, which are never under way together.
pub struct Lane<T> {
    host: usize,
    /// In the order in which they came.
    pub items: VecDeque<T>,
}

impl<T> Queue<T> {
    /// `items` with the host and the user that each is about.
    pub fn new(items: impl IntoIterator<Item = (String, String, T)>) -> Self {
        let mut hosts: HashMap<String, usize> = HashMap::new();
        let mut lanes: HashMap<(usize, String), usize> = HashMap::new();
        let mut waiting: Vec<Vec<Lane<T>>> = Vec::new();
        for (host, user, item) in items {
            let host = *hosts.entry(host).or_insert_with(|| {
                waiting.push(Vec::new());
                waiting.len() - 1
            });
            let of_host = &mut waiting[host];
            let lane = *lanes.entry((host, user)).or_insert_with(|| {
                of_host.push(Lane { host, items: VecDeque::new() });
                of_host.len() - 1
            });
            of_host[lane].items.push_back(item);
        }
        let hosts: Vec<Host<T>> = waiting
            .into_iter()
            .map(|lanes| Host { waiting: lanes.into(), running: 0, is_free: true })
            .collect();
        Self { free: (0..hosts.len()).collect(), hosts, running: 0 }
    }

    /// The next lane that may go on; `None` while there is no place, and in the end. It takes up
    /// its place until [`Queue::give_back`].
    pub fn take(&mut self) -> Option<Lane<T>> {
        if self.running >= AT_ONCE {
            return None;
        }
        let at = self.free.pop_front()?;
        let host = &mut self.hosts[at];
        host.is_free = false;
        let lane = host.waiting.pop_front()?;
        host.running += 1;
        self.running += 1;
        self.look_at(at);
        Some(lane)
    }

    /// Frees the lane's place. What is left of it waits behind the others of its host.
    pub fn give_back(&mut self, lane: Lane<T>) {
        let at = lane.host;
        let host = &mut self.hosts[at];
        host.running -= 1;
        self.running -= 1;
        if !lane.items.is_empty() {
            host.waiting.push_back(lane);
        }
        self.look_at(at);
    }

    fn look_at(&mut self, at: usize) {
        let host = &mut self.hosts[at];
        if !host.is_free && !host.waiting.is_empty() && host.running < AT_ONCE_PER_HOST {
            host.is_free = true;
            self.free.push_back(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(items: &[(&str, &str)]) -> Queue<String> {
        Queue::new(items.iter().enumerate().map(|(number, (host, user))| {
            ((*host).to_owned(), (*user).to_owned(), format!("{host}/{user}/{number}"))
        }))
    }

    fn take_all(queue: &mut Queue<String>) -> Vec<Lane<String>> {
        std::iter::from_fn(|| queue.take()).collect()
    }

    fn shown(lanes: &[Lane<String>]) -> Vec<String> {
        lanes.iter().map(|lane| lane.items[0].clone()).collect()
    }

    #[test]
    fn a_busy_host_leaves_places_to_the_others() {
        let mut items = vec![("busy", "u"); 0];
        let users: Vec<String> = (0..20).map(|number| format!("u{number}")).collect();
        items.extend(users.iter().map(|user| ("busy", user.as_str())));
        items.extend([("a", "x"), ("b", "x"), ("c", "x"), ("d", "x"), ("e", "x")]);
        let mut queue = queue(&items);
        let mut taken = take_all(&mut queue);
        assert_eq!(taken.len(), AT_ONCE);
        let busy = taken.iter().filter(|lane| lane.items[0].starts_with("busy")).count();
        assert!(busy <= AT_ONCE_PER_HOST, "{:?}", shown(&taken));

        // Whatever ends, the bounds hold, and everything gets its turn.
        let mut done = 0;
        while let Some(mut lane) = taken.pop() {
            lane.items.pop_front();
            done += 1;
            queue.give_back(lane);
            taken.extend(take_all(&mut queue));
            let busy = taken.iter().filter(|lane| lane.items[0].starts_with("busy")).count();
            assert!(busy <= AT_ONCE_PER_HOST && taken.len() <= AT_ONCE);
        }
        assert_eq!(done, items.len());
    }

    #[test]
    fn one_host_alone_gets_its_share_and_no_more() {
        let users: Vec<String> = (0..20).map(|number| format!("u{number}")).collect();
        let items: Vec<_> = users.iter().map(|user| ("busy", user.as_str())).collect();
        assert_eq!(take_all(&mut queue(&items)).len(), AT_ONCE_PER_HOST);
    }

    #[test]
    fn one_user_is_never_under_way_twice() {
        let mut queue = queue(&[("h", "u"), ("h", "u"), ("h", "v")]);
        let mut taken = take_all(&mut queue);
        assert_eq!(shown(&taken), ["h/u/0", "h/v/2"]);
        let mut first = taken.remove(0);
        first.items.pop_front();
        queue.give_back(first);
        assert_eq!(shown(&take_all(&mut queue)), ["h/u/1"]);
    }
}
