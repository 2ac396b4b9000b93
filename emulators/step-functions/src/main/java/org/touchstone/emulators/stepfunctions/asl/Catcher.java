package org.touchstone.emulators.stepfunctions.asl;

import java.util.List;

/** The way out of a failed state that does not fail its machine. */
public record Catcher(List<String> errorEquals, Effects effects, String next) {}
