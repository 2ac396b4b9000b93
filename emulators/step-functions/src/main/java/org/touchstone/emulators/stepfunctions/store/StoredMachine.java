package org.touchstone.emulators.stepfunctions.store;

import java.time.Instant;

/**
 * A stored state machine.
 *
 * @param definitionId id of the definition's text, see {@link Store#definition}
 * @param revisionId changes with each update
 */
public record StoredMachine(
    String name,
    String roleArn,
    String definitionId,
    String revisionId,
    Instant creationDate,
    Instant updateDate) {}
