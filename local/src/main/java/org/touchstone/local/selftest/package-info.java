/** Tests of installed models: what they give for inputs that are made by a formula. */
package org.touchstone.local.selftest;
