package org.touchstone.client.model;

/**
 * A reason for a level: a stable code, and the sentence for people.
 *
 * @param code such as faces-too-many
 * @param text such as "There are five or more faces."
 */
public record VerdictReason(String code, String text) {}
