/** The Amazon States Language: a definition's text, checked and turned into records. */
package org.touchstone.emulators.stepfunctions.asl;
