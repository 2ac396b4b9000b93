package org.touchstone.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.model.Members;
import org.touchstone.client.model.NewMember;
import org.touchstone.client.model.ShownMember;

/** Members of accounts, for keys with the scope admin. */
public final class MembersApi {
  private static final String PATH = "/v1/members";

  private final Transport transport;

  MembersApi(Transport transport) {
    this.transport = transport;
  }

  /** Adds a member, who may sign in by the organisation's sign-in. */
  public CompletableFuture<ShownMember> add(NewMember member) {
    return transport.send(Call.post(PATH, member), ShownMember.class);
  }

  /** An account's members, by their addresses. */
  public CompletableFuture<List<ShownMember>> list(String accountId) {
    String path = new Call.Query().add("accountId", accountId).on(PATH);
    return transport.send(Call.get(path), Members.class).thenApply(Members::members);
  }

  /** Removes a member. Their sessions end within 30 seconds. */
  public CompletableFuture<Void> remove(String id) {
    return transport.send(Call.delete(PATH + "/" + Call.part(id))).thenApply(answer -> null);
  }
}
