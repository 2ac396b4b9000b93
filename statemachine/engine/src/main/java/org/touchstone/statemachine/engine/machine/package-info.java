/** The state machines an engine knows. */
package org.touchstone.statemachine.engine.machine;
