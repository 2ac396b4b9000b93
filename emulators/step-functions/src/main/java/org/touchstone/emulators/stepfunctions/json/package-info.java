/** JSON as it passes between states: text with a size limit, and plain values to compute with. */
package org.touchstone.emulators.stepfunctions.json;
