/** What the functions of the state machine take and give: the payloads of its Lambda tasks. */
package org.touchstone.domain.workflow;
