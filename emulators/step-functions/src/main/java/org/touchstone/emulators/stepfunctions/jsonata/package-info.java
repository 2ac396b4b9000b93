/**
 * JSONata expressions in a state's fields: compiled once, evaluated within bounds, with the extra
 * functions and the reserved {@code $states} variable of Step Functions.
 */
package org.touchstone.emulators.stepfunctions.jsonata;
