package org.touchstone.emulators.access.policy;

import java.util.List;

/** A statement of a policy: it applies to the accesses that one of its grants covers. */
record Statement(boolean allow, List<Grant> grants, List<Condition> conditions) {

  boolean appliesTo(Access access) {
    return grants.stream().anyMatch(grant -> grant.covers(access))
        && conditions.stream().allMatch(condition -> condition.isMetBy(access.context()));
  }
}
