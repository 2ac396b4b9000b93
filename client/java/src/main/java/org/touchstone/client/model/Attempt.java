package org.touchstone.client.model;

import java.time.Instant;

/**
 * One attempt to deliver an event. Nothing of the receiver's answer is kept but its status.
 *
 * @param millis how long it took; absent when its outcome was lost
 * @param status the HTTP status of the answer; absent without an answer
 * @param error why there was no answer, a code of the API's errors. internal when the outcome was
 *     lost, and the receiver may have got the message.
 */
public record Attempt(Instant at, Long millis, Long status, String error) {}
