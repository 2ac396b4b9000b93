/** What callers of the engine see: names, descriptions, errors and the news of executions. */
package org.touchstone.emulators.stepfunctions.api;
