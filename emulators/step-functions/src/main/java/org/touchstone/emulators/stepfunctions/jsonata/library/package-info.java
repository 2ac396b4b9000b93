/**
 * Functions of JSONata that behave as in version 2.0.6, which Step Functions runs, in place of
 * those of the library that do not.
 */
package org.touchstone.emulators.stepfunctions.jsonata.library;
