package org.touchstone.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Member;
import org.touchstone.domain.account.Scope;

/** The members of all accounts. An address is a member of one account only. */
public final class MemberStore {
  private static final String JSON = "application/json";
  private static final int MAX_EMAIL = 254;
  private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");

  private final ObjectStore objects;

  public MemberStore(ObjectStore objects) {
    this.objects = Objects.requireNonNull(objects, "objects");
  }

  /**
   * Adds a member.
   *
   * @param addedBy id of the key by which it is done
   * @throws IllegalArgumentException when the address is not one, or there is no scope
   * @throws ProblemException {@link ProblemType#MEMBER_EXISTS} when the address is a member's
   *     already, of whichever account
   */
  public Member add(
      String accountId, String email, Set<Scope> scopes, String addedBy, Instant now) {
    if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
      throw new IllegalArgumentException("email must be an address such as ada@example.org");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a member needs at least one scope");
    }
    String address = email.toLowerCase(Locale.ROOT);
    Member member = new Member(idOf(address), accountId, address, scopes, now, addedBy, null);
    // Listed first: who may sign in but is not listed could not be found to be removed.
    objects.put(Keys.accountMember(accountId, member.id()), new byte[0], "text/plain");
    if (!objects.createIfAbsent(Keys.member(member.id()), Json.bytes(member), JSON)) {
      if (find(member.id()).filter(there -> there.accountId().equals(accountId)).isEmpty()) {
        objects.delete(Keys.accountMember(accountId, member.id()));
      }
      throw new ProblemException(ProblemType.MEMBER_EXISTS);
    }
    return member;
  }

  /** The member of an id. */
  public Optional<Member> find(String id) {
    return Ids.isAnalysisId(id)
        ? objects.read(Keys.member(id)).map(object -> Json.read(object.body(), Member.class))
        : Optional.empty();
  }

  /**
   * The member who signs in. From the first time on, the address alone is not enough.
   *
   * @param email their verified address, in lower case
   * @param subject who they are at the provider
   */
  public Optional<Member> signIn(String email, String subject) {
    return objects
        .update(Keys.member(idOf(email)), Member.class, member -> member.signedInAs(subject))
        .filter(member -> member.email().equals(email) && subject.equals(member.subject()));
  }

  /** The members of an account, by their addresses. */
  public List<Member> of(String accountId) {
    String prefix = Keys.accountMembers(accountId);
    List<String> keys =
        objects.list(prefix).stream()
            .map(key -> key.substring(prefix.length()))
            .filter(Ids::isAnalysisId)
            .map(Keys::member)
            .toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), Member.class))
        .filter(member -> member.accountId().equals(accountId))
        .sorted(Comparator.comparing(Member::email))
        .toList();
  }

  /** Removes a member, whose sessions end with that; empty when there is none of that id. */
  public Optional<Member> remove(String id) {
    Optional<Member> member = find(id);
    member.ifPresent(
        there -> {
          objects.delete(Keys.member(id));
          objects.delete(Keys.accountMember(there.accountId(), id));
        });
    return member;
  }

  private static String idOf(String email) {
    return Ids.idOf(email.getBytes(StandardCharsets.UTF_8));
  }
}
