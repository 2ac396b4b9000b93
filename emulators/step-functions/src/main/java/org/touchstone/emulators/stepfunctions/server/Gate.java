package org.touchstone.emulators.stepfunctions.server;

import java.time.InstantSource;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.access.signature.SignatureException;
import org.touchstone.emulators.access.signature.SignatureVerifier;
import org.touchstone.emulators.access.signature.SignedRequest;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.integration.TaskTokens;

/** Lets in whoever signed a request and, if it is a role, may do what the request asks for. */
final class Gate {
  private final AccessKeys keys;
  private final SignatureVerifier signatures;

  Gate(AccessKeys keys) {
    this.keys = keys;
    this.signatures = new SignatureVerifier(keys, Arns.REGION, "states", InstantSource.system());
  }

  /**
   * Finds out who signed a request.
   *
   * @throws SignatureException when nobody did
   */
  Entry signer(SignedRequest request) throws SignatureException {
    return new Entry(signatures.verify(request));
  }

  /** Somebody at the gate. */
  final class Entry {
    private final Caller caller;

    private Entry(Caller caller) {
      this.caller = caller;
    }

    /**
     * Requires that the caller may do this.
     *
     * @throws StateMachineException AccessDenied
     */
    void require(String operation, Parameters parameters) {
      if (caller.isOwner()) {
        return;
      }
      String resource = resource(operation, parameters);
      Access access = Access.of("states:" + operation, resource);
      // Text that is not a token concerns no execution; the operation refuses it.
      if (resource != null && !keys.allows(caller, access)) {
        throw new StateMachineException(
            ErrorCode.ACCESS_DENIED,
            "Role " + caller.role() + " is not authorized to perform: " + access);
      }
    }
  }

  /** The ARN that an operation's permission concerns; null for a token that is none. */
  private static String resource(String operation, Parameters parameters) {
    return switch (operation) {
      case "ListStateMachines", "ValidateStateMachineDefinition" -> "*";
      case "CreateStateMachine" ->
          Arns.stateMachine(parameters.required("name", Operations.MAX_NAME));
      case "DescribeExecution", "StopExecution", "GetExecutionHistory" ->
          parameters.arn("executionArn");
      case "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat" ->
          TaskTokens.executionArn(parameters.required("taskToken", Operations.MAX_TOKEN))
              .map(arn -> Arns.executionId(arn).stateMachineArn())
              .orElse(null);
      default -> parameters.arn("stateMachineArn");
    };
  }
}
