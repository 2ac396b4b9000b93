/**
 * S3 and SQS inside this JVM, listening on the loopback interface only: what a run on one machine
 * and the tests talk to in place of AWS.
 */
package org.touchstone.emulators.aws;
