/**
 * The integrations of Task states: functions, queues and events, and the tokens that end waiting
 * tasks.
 */
package org.touchstone.emulators.stepfunctions.integration;
