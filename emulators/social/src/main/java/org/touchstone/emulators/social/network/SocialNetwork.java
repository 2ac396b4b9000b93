package org.touchstone.emulators.social.network;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accounts and posts in memory. Thread-safe. */
public final class SocialNetwork {
  private static final Pattern NAME = Pattern.compile("(?<![\\w@/])@([A-Za-z0-9_]+(?:[.-]\\w+)*)");

  /** The beginning of X's numbers, 2010-11-04; they count milliseconds in their upper bits. */
  private static final long EPOCH = 1_288_834_974_657L;

  private static final int SEQUENCE_BITS = 22;

  private final InstantSource clock;
  private final Map<String, Account> byId = new HashMap<>();
  private final Map<String, Account> byName = new HashMap<>();
  private final TreeMap<Long, Post> posts = new TreeMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> locked = new HashSet<>();
  private final Set<String> suspended = new HashSet<>();
  private final Set<String> blocks = new HashSet<>();
  private long last;

  public SocialNetwork(InstantSource clock) {
    this.clock = clock;
  }

  /** The network's time. */
  public Instant now() {
    return clock.instant();
  }

  /** Opens an account, or finds the one of that name. */
  public Account join(String name) {
    return join(name, false);
  }

  /** Opens an account, or finds the one of that name. */
  public synchronized Account join(String name, boolean isBot) {
    return byName.computeIfAbsent(
        name.toLowerCase(Locale.ROOT),
        key -> {
          Account account = new Account(next(), name, isBot);
          byId.put(account.id(), account);
          return account;
        });
  }

  /** An account by its number or name. */
  public synchronized Optional<Account> account(String idOrName) {
    Account account = byId.get(idOrName);
    return Optional.ofNullable(
        account == null ? byName.get(idOrName.toLowerCase(Locale.ROOT)) : account);
  }

  /** Writes a post. Its author gets an account if it does not have one. */
  public synchronized Post publish(Draft draft) {
    Account author = account(draft.author()).orElseGet(() -> join(draft.author()));
    Post parent = draft.parent() == null ? null : posts.get(Long.valueOf(current(draft.parent())));
    String id = next();
    Set<String> written = named(draft.text());
    Set<String> told = new LinkedHashSet<>(written);
    if (draft.told() != null) {
      told.addAll(draft.told());
    }
    told.remove(author.id());
    Post post =
        new Post(
            id,
            draft.key() == null ? "k" + id : draft.key(),
            author,
            draft.text(),
            clock.instant(),
            draft.parent(),
            draft.quoted(),
            parent == null ? (draft.parent() == null ? id : draft.parent()) : parent.root(),
            draft.attachments(),
            draft.visibility(),
            draft.language(),
            told,
            written,
            List.of(id));
    posts.put(Long.valueOf(id), post);
    return post;
  }

  /** Numbers of the accounts that a text names with an at sign. */
  public synchronized Set<String> named(String text) {
    Set<String> named = new LinkedHashSet<>();
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      account(names.group(1))
          .or(() -> account(names.group(1).replaceFirst("\\..*", "")))
          .ifPresent(account -> named.add(account.id()));
    }
    return named;
  }

  /** Deletes a post. */
  public synchronized void delete(String id) {
    deleted.add(current(id));
  }

  /** Edits a post; the new version has a number of its own, as on X. */
  public synchronized Post edit(String id, String text) {
    Post old = posts.remove(Long.valueOf(current(id)));
    Post edited = old.edited(next(), text);
    edited.versions().forEach(version -> versions.put(version, edited.id()));
    posts.put(Long.valueOf(edited.id()), edited);
    return edited;
  }

  private String current(String id) {
    return versions.getOrDefault(id, id);
  }

  /** Lets only the account itself see its posts from now on. */
  public synchronized void lock(String name) {
    locked.add(account(name).orElseThrow().id());
  }

  /** Suspends an account: its posts are not shown, and it may not write. */
  public synchronized void suspend(String name) {
    suspended.add(account(name).orElseThrow().id());
  }

  /** Ends a suspension. */
  public synchronized void restore(String name) {
    suspended.remove(account(name).orElseThrow().id());
  }

  /** Has one account block another. */
  public synchronized void block(String blocker, String blocked) {
    blocks.add(account(blocker).orElseThrow().id() + " " + account(blocked).orElseThrow().id());
  }

  public synchronized boolean isLocked(Account account) {
    return locked.contains(account.id());
  }

  public synchronized boolean isSuspended(Account account) {
    return suspended.contains(account.id());
  }

  /** Whether one account has blocked another. */
  public synchronized boolean blocks(Account blocker, Account blocked) {
    return blocks.contains(blocker.id() + " " + blocked.id());
  }

  public synchronized boolean isDeleted(String id) {
    return deleted.contains(current(id));
  }

  /** A post that is not deleted, by the number of any of its versions. */
  public synchronized Optional<Post> post(String id) {
    if (!id.matches("[0-9]{1,19}") || isDeleted(id)) {
      return Optional.empty();
    }
    return Optional.ofNullable(posts.get(Long.valueOf(current(id))));
  }

  /** Posts that are not deleted, the newest first. */
  public synchronized List<Post> posts(Predicate<Post> which) {
    List<Post> found = new ArrayList<>();
    for (Post post : posts.descendingMap().values()) {
      if (!deleted.contains(post.id()) && which.test(post)) {
        found.add(post);
      }
    }
    return found;
  }

  /** Posts that tell an account of themselves, the newest first. */
  public List<Post> mentioning(Account account) {
    return posts(post -> post.told().contains(account.id()));
  }

  /** A number that is larger than all before. */
  public synchronized String next() {
    last = Math.max(last + 1, (clock.millis() - EPOCH) << SEQUENCE_BITS);
    return Long.toString(last);
  }
}
