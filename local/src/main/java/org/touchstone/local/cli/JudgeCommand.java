package org.touchstone.local.cli;

import picocli.CommandLine.Command;

/** {@code judge}: the language model that judges what is said. */
@Command(
    name = "judge",
    description = "Tests the language model that judges what is said.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone judge score --judge judge.yaml --labelled transcripts.csv"},
    subcommands = {JudgeScoreCommand.class})
final class JudgeCommand {}
