package org.touchstone.intake.access;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Member;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.request.Refusals;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.MemberStore;

/** {@code /v1/members}: an administrator's calls that add, list and remove members of accounts. */
@Path("/v1/members")
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
  private final MemberStore members;
  private final AccountStore accounts;
  private final InstantSource clock;
  private final Caller caller;
  private final AuditTrail audit;

  @Inject
  public MembersResource(
      MemberStore members,
      AccountStore accounts,
      InstantSource clock,
      Caller caller,
      AuditTrail audit) {
    this.members = members;
    this.accounts = accounts;
    this.clock = clock;
    this.caller = caller;
    this.audit = audit;
  }

  /**
   * Adds a member, who may sign in from then on.
   *
   * @return 201 with the member
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Scope.ADMIN)
  public Response add(NewMember body) {
    if (body == null
        || body.accountId() == null
        || body.email() == null
        || body.scopes() == null
        || body.scopes().contains(null)) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Give accountId, email and scopes of the member.");
    }
    requireAccount(body.accountId());
    try {
      Member member =
          members.add(
              body.accountId(), body.email(), body.scopes(), caller.keyId(), clock.instant());
      audit.add(
          "member.added",
          member.id(),
          "account %s, scopes %s: %s"
              .formatted(
                  member.accountId(),
                  member.scopes().stream().map(Scope::code).collect(Collectors.joining(",")),
                  member.email()));
      return Response.status(Response.Status.CREATED).entity(ShownMember.of(member)).build();
    } catch (IllegalArgumentException e) {
      throw Refusals.of(e);
    }
  }

  /** The members of an account, by their addresses. */
  @GET
  @Needs(Scope.ADMIN)
  public Members list(@QueryParam("accountId") String accountId) {
    requireAccount(accountId);
    return new Members(members.of(accountId).stream().map(ShownMember::of).toList());
  }

  /** Removes a member, whose sessions end within 30 seconds. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.ADMIN)
  public Response remove(@PathParam("id") String id) {
    Member member =
        members.remove(id).orElseThrow(() -> new ProblemException(ProblemType.MEMBER_NOT_FOUND));
    audit.add("member.removed", id, member.email());
    return Response.noContent().build();
  }

  private void requireAccount(String accountId) {
    accounts.find(accountId).orElseThrow(() -> new ProblemException(ProblemType.ACCOUNT_NOT_FOUND));
  }

  /**
   * The body of a request to add a member.
   *
   * @param accountId the account they act for
   * @param email their address, as the organisation's sign-in knows it
   * @param scopes what they may do, at least one
   */
  @RegisterForReflection
  public record NewMember(String accountId, String email, Set<Scope> scopes) {}

  /**
   * A member.
   *
   * @param id follows from the address
   * @param accountId the account
   * @param email their address, in lower case
   * @param scopes what they may do
   * @param createdAt when they were added
   * @param createdBy by which key or member
   */
  @RegisterForReflection
  public record ShownMember(
      String id,
      String accountId,
      String email,
      Set<Scope> scopes,
      Instant createdAt,
      String createdBy) {
    static ShownMember of(Member member) {
      return new ShownMember(
          member.id(),
          member.accountId(),
          member.email(),
          member.scopes(),
          member.createdAt(),
          member.createdBy());
    }
  }

  /** The list of an account's members. */
  @RegisterForReflection
  public record Members(List<ShownMember> members) {}
}
