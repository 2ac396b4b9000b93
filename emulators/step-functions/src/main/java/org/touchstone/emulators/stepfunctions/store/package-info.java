/**
 * Where state machines and executions are kept: in memory, or in a directory that survives the
 * process.
 *
 * <p>In a directory each execution has a file of its own, to which one line of JSON is appended per
 * event before the engine acts on it. A killed process therefore loses nothing; whether a power
 * failure may cost the last seconds is the choice of {@link
 * org.touchstone.emulators.stepfunctions.store.Durability}. A last line that was not written to its end
 * is ignored. Files of ended executions are deleted when their retention is over.
 */
package org.touchstone.emulators.stepfunctions.store;
