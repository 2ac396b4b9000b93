/** Inputs and outputs of the state machine's Lambda tasks. */
package org.touchstone.domain.workflow;
