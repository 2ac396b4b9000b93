/** The engine's clock and timer, which a test can replace. */
package org.touchstone.emulators.stepfunctions.time;
