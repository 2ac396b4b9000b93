/** The engine's sense of time, so that a test can set it. */
package org.touchstone.emulators.stepfunctions.time;
