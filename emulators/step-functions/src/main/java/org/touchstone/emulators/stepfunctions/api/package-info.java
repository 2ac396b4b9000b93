/** The types that callers of the engine see: names, descriptions, errors and notifications. */
package org.touchstone.emulators.stepfunctions.api;
