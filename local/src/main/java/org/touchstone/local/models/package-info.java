/** Published checkpoints: their addresses and terms, and their download to this machine. */
package org.touchstone.local.models;
