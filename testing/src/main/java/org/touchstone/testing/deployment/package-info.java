/**
 * Deployment descriptors: what a function or a container needs of whoever deploys it, told by its
 * compiled code. Each ships its descriptor as {@code META-INF/touchstone/deployment.json}, and a
 * test of its own holds that file against the code; the deployment's tests hold what they give
 * against the file.
 */
package org.touchstone.testing.deployment;
