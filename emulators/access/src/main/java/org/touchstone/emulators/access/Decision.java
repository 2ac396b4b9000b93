package org.touchstone.emulators.access;

import org.touchstone.emulators.access.policy.Access;

/** What was decided about a role's access. */
public record Decision(String role, Access access, boolean allowed) {}
