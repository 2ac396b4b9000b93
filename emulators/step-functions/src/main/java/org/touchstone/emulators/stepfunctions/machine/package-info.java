/** The state machines an engine knows. */
package org.touchstone.emulators.stepfunctions.machine;
