package org.touchstone.client.model;

/**
 * A platform's own label on a post. Whoever posts may have chosen it, and its absence says nothing.
 *
 * @param extent what is declared
 * @param by who says so; absent when the platform does not tell
 * @param value the platform's own value, such as SELF_DISCLOSURE_FLOW
 */
public record DeclaredAi(DeclaredExtent extent, DeclaredBy by, String value) {}
