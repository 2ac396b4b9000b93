/** The Amazon States Language: checks the text of a definition and turns it into records. */
package org.touchstone.emulators.stepfunctions.asl;
