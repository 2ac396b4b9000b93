package org.touchstone.emulators.stepfunctions.asl;

import java.util.List;

/** Where a failed state leads instead of failing its machine. */
public record Catcher(List<String> errorEquals, Effects effects, String next) {}
