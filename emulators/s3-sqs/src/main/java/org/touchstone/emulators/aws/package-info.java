/**
 * S3 and SQS inside this JVM, on the loopback interface only. Runs on one machine and the tests use
 * them in place of AWS.
 */
package org.touchstone.emulators.aws;
